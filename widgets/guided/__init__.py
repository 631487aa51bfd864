"""The guided apps: each joins the header with one view and the reader's project."""
