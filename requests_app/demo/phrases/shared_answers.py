"""Answers that the demo's staff shares: title, English, Spanish, the category."""

ANSWERS = (
    (
        "When is the pothole filled?",
        (
            "Thank you for reporting it, {customer}. A crew looks at it within three business days and fills it "
            "when the street is dry. Your number is {number}. {name}, {phone}"
        ),
        (
            "Gracias por avisarnos, {customer}. Una cuadrilla lo revisa en tres días hábiles y lo repara cuando "
            "la calle está seca. Su número es {number}. {name}, {phone}"
        ),
        "pothole",
    ),
    (
        "How do I pay a parking citation?",
        (
            "You can pay at the counter, by mail or online; the citation says how. To contest it, write to us "
            "within 21 days of its date. {name}, {phone}"
        ),
        (
            "Puede pagar en la ventanilla, por correo o en línea; la multa explica cómo. Para impugnarla, "
            "escríbanos en los 21 días siguientes a su fecha. {name}, {phone}"
        ),
        "parking",
    ),
    (
        "Do I need a permit for a fence?",
        (
            "Up to six feet at the side and back of the lot you need none; at the front, and for anything higher,"
            " bring a sketch to the planning counter. {department}, {phone}"
        ),
        "",
        "planning-question",
    ),
    (
        "A street light is out",
        (
            "We noted it as {number}. Lights on wooden poles belong to the power company, which mends them in "
            "about a week; ours we mend ourselves. {name}"
        ),
        (
            "Lo anotamos con el número {number}. Las luces en postes de madera son de la compañía eléctrica, que "
            "las repara en una semana; las nuestras las reparamos nosotros. {name}"
        ),
        "streetlight",
    ),
    (
        "What are the hours of City Hall?",
        (
            "The counter is open Monday to Thursday, 8:00 am to 4:30 pm. On holidays it is closed; calls are "
            "answered on the next business day. {phone}"
        ),
        (
            "La ventanilla abre de lunes a jueves, de 8:00 a 16:30. En los días festivos de la Ciudad está "
            "cerrada; las llamadas se responden el siguiente día hábil. {phone}"
        ),
        "general",
    ),
)
