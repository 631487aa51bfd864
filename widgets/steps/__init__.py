from widgets.steps.steps import Steps as Steps
