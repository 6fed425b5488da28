"""The personal credit bureau (measure 3): what is furnished, with whose consent it is told, and to whom."""
