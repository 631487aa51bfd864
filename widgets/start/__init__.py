from widgets.start.start import StartView as StartView
