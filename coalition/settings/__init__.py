"""Settings: `development` without any configuration, `test` for the suite, `production` from the environment."""
