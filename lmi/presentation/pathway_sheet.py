"""Shapes and texts of a large picture, gathered and then given to the figure at once: one by one, Plotly
checks all earlier ones again for each that is added."""

from typing import Any

import plotly.graph_objects as go


class Sheet:
    """A figure being drawn. Its traces are added directly, its shapes and texts by `put` at the end."""

    def __init__(self) -> None:
        self.figure = go.Figure()
        self._shapes: list[dict[str, Any]] = []
        self._annotations: list[dict[str, Any]] = []

    def add_shape(self, **shape: Any) -> None:
        """As `Figure.add_shape`."""
        self._shapes.append(shape)

    def add_annotation(self, **annotation: Any) -> None:
        """As `Figure.add_annotation`."""
        self._annotations.append(annotation)

    def put(self) -> go.Figure:
        """The figure with everything on it; call once."""
        self.figure.update_layout(shapes=self._shapes, annotations=self._annotations)
        return self.figure
