"""Dangers, which are told to somebody before anything is typed, and what other agencies deal with."""

from requests_app.domain.vocabulary import RequestKind
from requests_app.services.setup.subjects import Subject

_ASKED, _SERVICE = RequestKind.QUESTION, RequestKind.SERVICE

DANGER_SUBJECTS = (
    Subject("gas-leak", "Smell of gas", "Olor a gas", "police-dispatch", _SERVICE,
            "gas, smell, leak, rotten eggs, olor a gas, fuga", referral_agency="PG&E", is_hazard=True),
    Subject("downed-line", "Power line down", "Cable eléctrico caído", "police-dispatch", _SERVICE,
            "power line, wire down, sparks, cable caído, chispas", referral_agency="PG&E", is_hazard=True),
    Subject("tree-on-wire", "Tree on a wire or across the road", "Árbol sobre cables o en la vía",
            "operations-and-maintenance", _SERVICE,
            "tree down, fallen tree, on wire, blocking road, árbol caído, cables", is_hazard=True),
    Subject("sewer-spill", "Sewer spill or overflow", "Derrame de aguas negras",
            "water-pollution-control-plant", _SERVICE,
            "sewage, spill, overflow, manhole, aguas negras, derrame, alcantarilla", is_hazard=True),
)  # fmt: skip

REFERRED_SUBJECTS = (
    Subject("fire", "Fire prevention and weed abatement", "Prevención de incendios", "city-clerk", _ASKED,
            "fire, burn, weeds, smoke detector, incendio, quema, maleza", referral_agency="Contra Costa County Fire"),
    Subject("animals", "Animals", "Animales", "city-clerk", _ASKED,
            "dog, stray, dead animal, bite, license, perro, animal muerto, mordida",
            referral_agency="Contra Costa Animal Services"),
    Subject("garbage", "Garbage, recycling, bulky items", "Basura, reciclaje, objetos grandes", "city-clerk", _ASKED,
            "garbage, trash, recycling, missed pickup, bin, basura, reciclaje, bote",
            referral_agency="Republic Services"),
    Subject("mosquitoes", "Mosquitoes and vectors", "Mosquitos y plagas", "city-clerk", _ASKED,
            "mosquito, rats, yellowjackets, standing water, mosquitos, ratas, avispas",
            referral_agency="Contra Costa Mosquito and Vector Control"),
    Subject("library", "Library", "Biblioteca", "city-clerk", _ASKED,
            "library, books, study room, biblioteca, libros", referral_agency="Contra Costa County Library"),
    Subject("water", "Drinking water", "Agua potable", "city-clerk", _ASKED,
            "water bill, leak, meter, pressure, agua, medidor, fuga de agua", referral_agency="EBMUD"),
    Subject("power", "Electricity and gas service", "Electricidad y gas", "city-clerk", _ASKED,
            "power out, outage, electric bill, apagón, electricidad, recibo de luz", referral_agency="PG&E"),
    Subject("bus", "Bus", "Autobús", "city-clerk", _ASKED,
            "bus, stop, schedule, paratransit, autobús, parada, horario", referral_agency="WestCAT"),
)  # fmt: skip
