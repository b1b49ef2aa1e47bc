"""The demo: two invented cooperatives, their people and their voices, played through the apps' own actions."""
