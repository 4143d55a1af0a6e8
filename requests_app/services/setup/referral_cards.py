"""Agencies the city sends people to; numbers are fictional until an administrator enters the real ones."""

from dataclasses import dataclass

from django.utils.text import slugify

from requests_app.models import ReferralCard


@dataclass(frozen=True, slots=True)
class _Agency:
    name: str
    handles: str
    phone: str
    hours: str
    hours_es: str
    keywords: str
    read_back: str
    read_back_es: str


_WEEKDAYS, _WEEKDAYS_ES = "Monday to Friday, 8 am to 5 pm", "de lunes a viernes, de 8 a. m. a 5 p. m."
_ALWAYS, _ALWAYS_ES = "day and night", "día y noche"

AGENCIES = (
    _Agency("PG&E", "Electricity and gas: outages, gas smell, bills", "510-555-0110", _ALWAYS, _ALWAYS_ES,
            "power, power out, outage, electricity, electric bill, gas, apagón, luz, electricidad, recibo de luz",
            "Electricity and gas are supplied by PG&E, not by the City.",
            "La electricidad y el gas los suministra PG&E, no la Ciudad."),
    _Agency("EBMUD", "Drinking water: leaks at the meter, pressure, bills", "510-555-0111", _ALWAYS, _ALWAYS_ES,
            "water, water bill, meter, water pressure, agua, medidor, recibo de agua, fuga de agua",
            "Drinking water is supplied by EBMUD, not by the City.",
            "El agua potable la suministra EBMUD, no la Ciudad."),
    _Agency("Republic Services", "Garbage, recycling, bulky items, bins", "510-555-0112", _WEEKDAYS, _WEEKDAYS_ES,
            "garbage, trash, recycling, bin, bulky item, missed pickup, basura, reciclaje, bote",
            "Garbage and recycling are collected by Republic Services.",
            "La basura y el reciclaje los recoge Republic Services."),
    _Agency("Contra Costa Animal Services", "Stray, injured and dead animals, bites, licenses", "510-555-0113",
            "Tuesday to Saturday, 10 am to 5 pm", "de martes a sábado, de 10 a. m. a 5 p. m.",
            "dog, cat, animal, stray, dead animal, bite, dog license, perro, gato, animal muerto, mordida",
            "Animals are looked after by the county's animal services.",
            "De los animales se ocupa el servicio de animales del condado."),
    _Agency("Contra Costa County Fire", "Fire prevention, weed abatement, smoke detectors", "510-555-0114",
            _WEEKDAYS, _WEEKDAYS_ES, "fire, weed, weed abatement, smoke detector, burn, incendio, quema, maleza",
            "Fire prevention is the matter of the county fire district; in an emergency call 911.",
            "La prevención de incendios corresponde a los bomberos del condado; en una emergencia llame al 911."),
    _Agency("Contra Costa Mosquito and Vector Control", "Mosquitoes, rats, wasps", "510-555-0115",
            _WEEKDAYS, _WEEKDAYS_ES, "mosquito, rat, wasp, yellowjacket, standing water, mosquitos, rata, avispa",
            "Mosquitoes and rats are dealt with by the county's vector control.",
            "De los mosquitos y las ratas se ocupa el control de vectores del condado."),
    _Agency("Contra Costa County Library", "Books, study rooms, library cards", "510-555-0116",
            "Tuesday to Saturday, 10 am to 6 pm", "de martes a sábado, de 10 a. m. a 6 p. m.",
            "library, book, library card, study room, biblioteca, libro",
            "The library is run by the county.", "La biblioteca la administra el condado."),
    _Agency("WestCAT", "Bus lines, stops, rides for seniors", "510-555-0117",
            "every day, 6 am to 8 pm", "todos los días, de 6 a. m. a 8 p. m.",
            "bus, bus stop, paratransit, autobús, parada de autobús, camión",
            "Buses are run by WestCAT.", "Los autobuses los opera WestCAT."),
    _Agency("Contra Costa County Health", "Restaurants, food safety, public health", "510-555-0118",
            _WEEKDAYS, _WEEKDAYS_ES, "restaurant, food poisoning, vaccine, restaurante, intoxicación, vacuna",
            "Restaurants and public health are the matter of the county.",
            "Los restaurantes y la salud pública corresponden al condado."),
    _Agency("Unified School District", "Schools, enrolment, school buses", "510-555-0119",
            "on school days, 8 am to 4 pm", "los días de clase, de 8 a. m. a 4 p. m.",
            "school, enrolment, enrollment, teacher, school bus, escuela, inscripción, maestro",
            "Schools are run by the school district, not by the City.",
            "Las escuelas las administra el distrito escolar, no la Ciudad."),
)  # fmt: skip


def set_up_referral_cards() -> int:
    """Add the cards if there never were any, and say how many those were; nobody has checked them yet."""
    if ReferralCard.objects.exists():
        return 0
    return len(ReferralCard.objects.bulk_create(_card(agency) for agency in AGENCIES))


def _card(agency: _Agency) -> ReferralCard:
    return ReferralCard(
        agency=agency.name,
        slug=slugify(agency.name),
        handles=agency.handles,
        keywords=agency.keywords,
        phone=agency.phone,
        hours=agency.hours,
        hours_es=agency.hours_es,
        read_back=agency.read_back,
        read_back_es=agency.read_back_es,
    )
