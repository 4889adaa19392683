"""The desktop program (Qt). Its windows stand on the actions of ``schoolprivacy``."""
