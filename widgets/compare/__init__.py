from widgets.compare.compare import CompareView as CompareView
