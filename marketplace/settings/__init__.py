"""Settings: `site` for every deployment, `test` for the test runs; what may be changed stands in `environment` and `.env.example`."""
