from widgets.panel.panel import PanelView as PanelView
