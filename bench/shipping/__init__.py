"""How fast freight is told: rate cards, carriers on this machine of which one hangs, the cache, and a large card that comes in."""
