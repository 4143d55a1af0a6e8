"""Invented people: given and family names are combined at random."""

GIVEN_NAMES = (
    "Ana", "Aaliyah", "Alden", "Amparo", "Anselm", "Apinya", "Bao", "Beatriz", "Bertrand", "Brígida", "Callum",
    "Carmela", "Chidi", "Clarissa", "Corazon", "Dalia", "Danilo", "Darnell", "Delphine", "Divya", "Dolores", "Ebony",
    "Edmund", "Efraín", "Eileen", "Elif", "Emeka", "Esperanza", "Farid", "Fiona", "Gilberto", "Greta", "Gurpreet",
    "Hana", "Harold", "Hélène", "Imelda", "Inés", "Ignatius", "Jamal", "Jasleen", "Jerome", "Jocelyn", "Joaquín",
    "Kamala", "Keisha", "Lakshmi", "Leopold", "Ligaya", "Lorena", "Lupe", "Magnus", "Malia", "Marisol", "Mei",
    "Minh", "Nadia", "Noor", "Octavio", "Olamide", "Ofelia", "Pascual", "Perla", "Quentin", "Ramón", "Renée",
    "Rosalind", "Ruben", "Saoirse", "Simone", "Siobhán", "Sunita", "Tadeusz", "Teodoro", "Thanh", "Ursula", "Valerie",
    "Wanda", "Wendell", "Xiomara", "Yara", "Yusuf", "Zoë",
)  # fmt: skip
FAMILY_NAMES = (
    "Abernathy", "Acheson", "Adeyemi", "Agbayani", "Alvarado", "Arellano", "Bainbridge", "Baptiste", "Bautista",
    "Bhatt", "Bjørnstad", "Blackwood", "Calderón", "Carrasco", "Castellanos", "Chen", "Coleridge", "D'Angelo",
    "Dacanay", "De la Fuente", "Delacroix", "Dhillon", "Drummond", "Ekwueme", "Eriksen", "Espinoza", "Fairweather",
    "Fitzroy", "Fontaine", "Galloway", "Gebhardt", "Gonçalves", "Grewal", "Guillén", "Haddad", "Halloran", "Hsu",
    "Ibáñez", "Jaramillo", "Kaczmarek", "Kowalczyk", "Laurent", "Lindqvist", "Liu", "Lockhart", "MacAllister",
    "Magsaysay", "Manalo", "Marchetti", "Mbeki", "McCullough", "Montclair", "Muñoz", "Nakagawa", "Nguyen", "Núñez",
    "O'Dowd", "O'Rourke", "Okonkwo", "Olufsen", "Pacheco", "Panganiban", "Pereira", "Pham", "Quiñones", "Raghunathan",
    "Ravensworth", "Redfern", "Rosales", "Saavedra", "Salcedo", "Sandhu", "Schoenfeld", "Sepúlveda", "Silvestri",
    "Sørensen", "St. Clair", "Tagaloa", "Thibodeaux", "Tolentino", "Truong", "Ugarte", "Valdivia", "Van der Meer",
    "Velázquez", "Wainwright", "Whitlock", "Wójcik", "Yamashiro", "Ybarra", "Zamorano", "Zhou",
)  # fmt: skip
# One word, exactly sixty characters, initials, a name not in Latin letters: what a form must be able to take.
UNUSUAL_NAMES = (
    "Anandi",
    "Wijayanti",
    "Maria Concepción Guadalupe de los Ángeles Villaseñor-Quiñone",
    "J. R.",
    "Ng",
    "陳美玲",
    "Þóra Ægisdóttir",
    "Mary-Kate O'Hara-D'Souza",
    "de la Cruz y Castañeda, Íñigo",
)
BUSINESS_NAMES = (
    "Bayfront Auto Glass", "Old Town Bakehouse", "Tennent Hardware", "Appian Dental Studio", "Sunny Cove Preschool",
    "Creekside Veterinary", "Taquería El Nopal", "Fitzgerald Storage", "Golden Lotus Kitchen", "Ridge Roofing & Solar",
    "Valley Landscape Co.", "Harbor Light Realty", "Pear Street Florist", "Bay Trail Cycles", "Simas Plumbing",
    "Lumpia House", "Marlesta Property Partners", "Pinole Hills Dance Academy", "Quick Sign & Banner",
    "Hilltop Tax & Books", "North Shore Electric", "Café Duarte", "Eastbay Tile and Stone", "Wright Avenue Laundry",
)  # fmt: skip
STREETS = (
    "Pinole Valley Road", "San Pablo Avenue", "Appian Way", "Tennent Avenue", "Fitzgerald Drive", "Pear Street",
    "Estates Avenue", "Del Monte Drive", "Shea Drive", "Marlesta Road", "Henry Avenue", "Wright Avenue", "Simas Avenue",
    "Buena Vista Drive", "Alhambra Road", "Doidge Avenue", "Faria Avenue", "Nob Hill Avenue", "Galbreth Road",
    "Canyon Drive", "Sarah Drive", "Adobe Road", "Encina Avenue", "Orleans Drive", "Carlotta Circle", "Ramona Street",
)  # fmt: skip
PLACES = (
    "Fernandez Park", "Pinole Valley Park", "Bayfront Park", "Meadow Park", "the skate park", "City Hall parking lot",
    "the Senior Center", "the Swim Center", "the Youth Center", "the community playhouse", "the bay trail",
)  # fmt: skip
AREA_CODES = ("510", "510", "510", "925", "415", "707", "341", "628", "650", "408")
MAIL_DOMAINS = ("example.org", "example.com", "example.net")
