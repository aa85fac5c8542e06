"""Files by their content: one storage seam for web and worker."""
