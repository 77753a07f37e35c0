"""Views -> pictures: the offline map page and the print map."""
