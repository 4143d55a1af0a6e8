"""The subjects the city deals with itself, in everyday English and Spanish."""

from typing import NamedTuple

from requests_app.domain.vocabulary import Confidentiality, RequestKind

_ASKED, _SERVICE = RequestKind.QUESTION, RequestKind.SERVICE


class Subject(NamedTuple):
    """A category as first set up; keywords are what people say, in either language."""

    slug: str
    name: str
    name_es: str
    department: str
    kind: RequestKind
    keywords: str
    referral_agency: str = ""
    is_hazard: bool = False
    confidentiality: Confidentiality = Confidentiality.ORDINARY


CITY_SUBJECTS = (
    Subject("permit-question", "Building permit question", "Pregunta sobre permisos de construcción",
            "building", _ASKED,
            "permit, remodel, kitchen, water heater, solar, roof, permiso, remodelar, techo, calentador"),
    Subject("permit-status", "Permit or plan check status", "Estado de un permiso", "building", _ASKED,
            "plan check, status, corrections, approved, estado del permiso, planos"),
    Subject("inspection", "Building inspection", "Inspección de construcción", "building", _ASKED,
            "inspection, inspector, final, schedule, inspección, inspector, cita"),
    Subject("recreation-class", "Classes and camps", "Clases y campamentos", "recreation", _ASKED,
            "class, camp, sign up, dance, basketball, clase, campamento, inscripción"),
    Subject("facility-rental", "Renting a hall or picnic area", "Alquiler de salón o área de picnic",
            "recreation", _ASKED, "rental, hall, picnic, party, wedding, alquiler, salón, fiesta"),
    Subject("senior-programs", "Senior Center programs", "Programas para personas mayores", "senior-center", _ASKED,
            "senior, lunch, bingo, trip, personas mayores, almuerzo, adultos mayores"),
    Subject("youth-programs", "Youth programs and preschool", "Programas para jóvenes y preescolar", "youth", _ASKED,
            "youth, teen, preschool, after school, jóvenes, preescolar, después de la escuela"),
    Subject("swim-center", "Swim Center", "Centro de natación", "swim-center", _ASKED,
            "pool, swim lessons, lap swim, piscina, alberca, natación"),
    Subject("property-condition", "Overgrown or unsafe property", "Propiedad descuidada o insegura", "code-enforcement",
            _SERVICE, "weeds, junk, blight, overgrown, vacant house, maleza, basura, casa abandonada"),
    Subject("unpermitted-work", "Building without a permit", "Construcción sin permiso", "code-enforcement", _SERVICE,
            "no permit, illegal, garage conversion, fence, sin permiso, ilegal, cerca"),
    Subject("signs-and-rentals", "Signs, short-term rentals, home business", "Letreros, alquileres y negocio en casa",
            "code-enforcement", _SERVICE, "sign, banner, airbnb, home business, letrero, anuncio, negocio en casa"),
    Subject("police-records", "Police report or records counter", "Reporte policial", "police", _ASKED,
            "police report, copy, livescan, fingerprints, reporte, copia, huellas"),
    Subject("traffic-safety", "Speeding and traffic safety", "Exceso de velocidad y tránsito", "police", _ASKED,
            "speeding, stop sign, school zone, racing, velocidad, tránsito, zona escolar"),
    Subject("vacation-check", "Vacation check and crime prevention", "Vigilancia de casa y prevención",
            "police", _ASKED, "vacation watch, house check, neighborhood watch, vacaciones, vigilancia, prevención"),
    Subject("parking", "Parking enforcement", "Estacionamiento", "police", _ASKED,
            "parking, citation, blocked driveway, permit, estacionamiento, multa, entrada bloqueada"),
    Subject("noise", "Noise", "Ruido", "police", _ASKED,
            "noise, loud music, party, barking, construction, ruido, música, fiesta, ladridos"),
    Subject("business-license", "Business license", "Licencia de negocio", "finance", _ASKED,
            "business license, renewal, tax certificate, home occupation, licencia, renovación, negocio"),
    Subject("payment-question", "Payments, invoices and refunds", "Pagos, facturas y reembolsos", "finance", _ASKED,
            "invoice, bill, refund, vendor, payment, factura, pago, reembolso, proveedor"),
    Subject("planning-question", "Zoning and planning question", "Pregunta sobre zonificación", "planning", _ASKED,
            "zoning, setback, adu, granny unit, lot split, zonificación, unidad accesoria"),
    Subject("planning-application", "Planning application or hearing", "Solicitud de planificación o audiencia",
            "planning", _ASKED, "hearing, application, project, notice, audiencia, solicitud, proyecto"),
    Subject("pothole", "Pothole or street damage", "Bache o daño en la calle", "operations-and-maintenance", _SERVICE,
            "pothole, street, pavement, crack, hole, bache, calle, hoyo, pavimento"),
    Subject("sidewalk", "Sidewalk or curb", "Acera o bordillo", "operations-and-maintenance", _SERVICE,
            "sidewalk, curb, trip, ramp, root, acera, banqueta, bordillo, rampa"),
    Subject("sign-or-signal", "Traffic sign, signal or marking", "Señal, semáforo o marca vial",
            "operations-and-maintenance",
            _SERVICE, "sign, signal, light, crosswalk, paint, señal, semáforo, cruce peatonal"),
    Subject("tree", "Street tree", "Árbol de la calle", "operations-and-maintenance", _SERVICE,
            "tree, branch, prune, root, stump, árbol, rama, podar, raíz"),
    Subject("park-maintenance", "Park or playground", "Parque o área de juegos", "operations-and-maintenance", _SERVICE,
            "park, playground, restroom, sprinkler, grass, parque, juegos, baño, césped"),
    Subject("graffiti", "Graffiti", "Grafiti", "operations-and-maintenance", _SERVICE,
            "graffiti, paint, tag, vandalism, grafiti, pinta, vandalismo"),
    Subject("dumping", "Illegal dumping", "Basura tirada ilegalmente", "operations-and-maintenance", _SERVICE,
            "dumping, mattress, trash, couch, debris, basura, colchón, sofá, escombros"),
    Subject("abandoned-vehicle", "Abandoned vehicle", "Vehículo abandonado", "police", _SERVICE,
            "abandoned car, vehicle, rv, trailer, tow, carro abandonado, vehículo, grúa"),
    Subject("streetlight", "Streetlight", "Alumbrado público", "operations-and-maintenance", _SERVICE,
            "streetlight, lamp, dark, flickering, luz, lámpara, farol, alumbrado"),
    Subject("storm-drain", "Storm drain or flooding", "Desagüe pluvial o inundación",
            "operations-and-maintenance", _SERVICE,
            "storm drain, flooding, clogged, creek, sandbags, desagüe, inundación, arroyo, sacos de arena"),
    Subject("sewer", "Sewer backup or odor", "Atasco u olor de drenaje", "water-pollution-control-plant", _SERVICE,
            "sewer, backup, smell, odor, lateral, drenaje, olor, alcantarilla, atasco"),
    Subject("council", "Council, agendas and meetings", "Concejo, agendas y reuniones", "city-clerk", _ASKED,
            "council, agenda, minutes, meeting, mayor, concejo, agenda, reunión, alcalde"),
    Subject("records-request", "Public records request", "Solicitud de documentos públicos",
            "city-clerk", RequestKind.RECORDS,
            "records, public records act, documents, copies, documentos públicos, copias, expediente"),
    Subject("general", "General information", "Información general", "city-clerk", _ASKED,
            "hours, address, notary, who do i ask, horario, dirección, información"),
    Subject("city-manager-office", "City Manager's office", "Oficina del administrador", "city-manager", _ASKED,
            "city manager, appointment, community event, cita, administrador"),
    Subject("jobs", "Jobs and applications", "Empleos y solicitudes", "human-resources", _ASKED,
            "job, employment, application, hiring, empleo, trabajo, solicitud"),
    Subject("complaint", "Complaint or concern", "Queja o inquietud", "human-resources", RequestKind.COMPLAINT,
            "complaint, concern, rude, unfair, supervisor, queja, inquietud, grosero"),
    Subject("improper-activity", "Report of improper activity", "Denuncia de actividad indebida",
            "human-resources", RequestKind.COMPLAINT,
            "improper, fraud, waste, theft, bribe, whistleblower, misuse, fraude, robo, soborno, abuso, denuncia",
            confidentiality=Confidentiality.IMPROPER_ACTIVITY),
    Subject("police-complaint", "Complaint about a police employee", "Queja sobre un empleado de la policía",
            "police", RequestKind.COMPLAINT,
            "police officer, badge, arrest, citizen complaint, dispatcher, policía, oficial, queja policial",
            confidentiality=Confidentiality.POLICE_STUB),
    Subject("compliment", "Compliment or thanks", "Felicitación o agradecimiento",
            "human-resources", RequestKind.COMPLIMENT, "thank you, compliment, great service, gracias, felicitación"),
    Subject("suggestion", "Suggestion", "Sugerencia", "city-manager", RequestKind.SUGGESTION,
            "idea, suggestion, improve, idea, sugerencia, mejorar"),
    Subject("community-tv", "Pinole Community TV", "Televisión comunitaria", "community-tv", _ASKED,
            "tv, channel, broadcast, video, televisión, canal, transmisión"),
)  # fmt: skip
