"""The rows about staff: trained, heard, recognised."""

from tests.house.clauses_of_answers import SHARED_ANSWERS
from tests.house.clauses_of_improvements import IMPROVEMENTS
from tests.house.clauses_of_recognition import RECOGNITION
from tests.house.clauses_of_trainings import TRAININGS

STAFF = (*TRAININGS, *IMPROVEMENTS, *RECOGNITION, *SHARED_ANSWERS)
