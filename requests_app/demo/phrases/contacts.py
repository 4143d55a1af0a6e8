"""What comes in, in the words of the person: English by kind, and four other languages by topic."""

ENGLISH_CONTACTS: dict[str, tuple[str, ...]] = {
    "question": (
        "{title}. Please call back after three if you can.",
        "I tried the website first and could not find it. {title}.",
        "{title}. My neighbor said your office would know.",
        "Good morning. {title}. Thank you for your help.",
        "{title}. I am at work until five, e-mail is best.",
    ),
    "service": (
        "{title}. It has been like this for about a week.",
        "{title}. Somebody is going to get hurt.",
        "{title}. It is right in front of the blue house.",
        "Reporting this again for the street: {title}.",
        "{title}. I can send a photo if that helps.",
    ),
    "complaint": (
        "{title}. I would like somebody to look into it and tell me what was decided.",
        "{title}. I have lived here for thirty years and expected better.",
    ),
    "compliment": ("{title}. Please pass this on.", "{title}. It made my week."),
    "suggestion": ("{title}. I would be glad to explain.", "{title}. Other cities do this already."),
    "records": (
        "{title}. Electronic copies are fine.",
        "{title}. Please tell me the cost before copying.",
    ),
}

# By language, then by topic; what is said in these languages stays as it was said, the title is in English.
OTHER_CONTACTS: dict[str, dict[str, tuple[str, ...]]] = {
    "es": {
        "question": (
            "Buenos días. Quisiera saber qué documentos necesito y cuánto cuesta. Gracias.",
            "¿Me pueden llamar por la tarde, por favor? Tengo una pregunta sobre mi trámite.",
            "No encontré la información en la página. ¿Quién me puede ayudar en español?",
        ),
        "service": (
            "Hay un problema en mi calle desde hace una semana y ya es peligroso para los niños.",
            "Quiero reportar esto otra vez; todavía no han venido a arreglarlo.",
            "Por favor, ¿pueden mandar a alguien a revisar? Está enfrente de la casa amarilla.",
        ),
        "other": ("Quisiera dejar un comentario sobre el servicio. Muchas gracias por su atención.",),
    },
    "zh": {
        "question": ("您好，請問需要準備哪些文件？費用是多少？謝謝。", "我在網站上找不到資料，請用中文回電給我。"),
        "service": (
            "我家門前的路面壞了，已經一個多星期，晚上很危險，請派人來看看。",
            "路燈不亮，老人家晚上出門不安全。",
        ),
        "other": ("我想對市政府的服務提一點意見，謝謝。",),
    },
    "tl": {
        "question": (
            "Magandang araw po. Ano po ang mga kailangang dokumento at magkano ang bayad?",
            "Pakitawagan po ako pagkatapos ng alas tres. Salamat po.",
        ),
        "service": (
            "May sira po sa kalsada namin, isang linggo na. Delikado po sa mga bata.",
            "Pakiayos po sana ang ilaw sa kanto namin, madilim na po sa gabi.",
        ),
        "other": ("Gusto ko lang pong magpasalamat at magbigay ng mungkahi.",),
    },
    "pa": {
        "question": ("ਸਤ ਸ੍ਰੀ ਅਕਾਲ ਜੀ। ਮੈਨੂੰ ਕਿਹੜੇ ਕਾਗਜ਼ ਲਿਆਉਣੇ ਪੈਣਗੇ?",),
        "service": ("ਸਾਡੀ ਗਲੀ ਦੀ ਬੱਤੀ ਇੱਕ ਹਫ਼ਤੇ ਤੋਂ ਬੰਦ ਹੈ।",),
        "other": ("ਤੁਹਾਡੀ ਮਦਦ ਲਈ ਧੰਨਵਾਦ।",),
    },
}
