"""Which meetings a facilitator may see (decisions.md 7); here because it joins members and meetings."""
