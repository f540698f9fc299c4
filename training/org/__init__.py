"""Units: the province, its communes and wards, their cells and villages, the political centres."""
