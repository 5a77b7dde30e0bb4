"""Every quality figure of the project, measured on the half of the shared data that was not built on."""
