"""The pictures of the demo country, drawn once as SVG in code and rendered to the JPEG files in `demo/pictures`."""
