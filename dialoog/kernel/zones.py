"""The time zones one may choose from: where dialogues are held."""

ZONES = [
    "Europe/Amsterdam",
    "Europe/Brussels",
    "Europe/London",
    "Europe/Istanbul",
    "Asia/Kolkata",
    "Asia/Dhaka",
    "Asia/Ho_Chi_Minh",
    "Asia/Shanghai",
    "Africa/Accra",
    "Africa/Nairobi",
    "America/New_York",
    "America/Sao_Paulo",
    "UTC",
]
