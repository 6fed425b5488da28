"""Key facts as text: templates as data, version by version, and the rendering of figures into plain words."""
