"""Case B: sandstone from Rajasthan. The information pack is out and answers are coming in."""
