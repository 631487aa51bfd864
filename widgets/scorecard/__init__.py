from widgets.scorecard.scorecard import ScorecardView as ScorecardView
