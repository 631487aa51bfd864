from widgets.practices.practices import PracticesView as PracticesView
