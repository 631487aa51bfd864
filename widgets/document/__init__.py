from widgets.document.document import DocumentView as DocumentView
