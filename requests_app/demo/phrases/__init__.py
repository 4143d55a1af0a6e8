"""What people say: titles as the front desk types them, contacts in four languages, answers."""
