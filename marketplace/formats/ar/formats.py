"""14 أغسطس 2027، 16:05 with the digits 0-9; 1,250.5 as prices are written, so that a page has one decimal sign."""

DATE_FORMAT = "j M Y"
DATETIME_FORMAT = "j M Y، H:i"
TIME_FORMAT = "H:i"
SHORT_DATE_FORMAT = "j M Y"
SHORT_DATETIME_FORMAT = "j M Y، H:i"
MONTH_DAY_FORMAT = "j F"
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
