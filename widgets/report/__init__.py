from widgets.report.report import ReportView as ReportView
