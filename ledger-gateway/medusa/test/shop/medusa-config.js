// The shop of the tests: everything of a Medusa server but the dashboard.
const { defineConfig } = require("@medusajs/framework/utils");

const { DATABASE_URL, MARKET } = process.env;
const { url, accessKey, arbiter, carrier, webhookSecret, returnUrl } = JSON.parse(MARKET);

module.exports = defineConfig({
  admin: { disable: true },
  projectConfig: {
    databaseUrl: DATABASE_URL,
    http: { storeCors: "", adminCors: "", authCors: "", jwtSecret: "only for the test", cookieSecret: "only for the test" },
  },
  plugins: [{ resolve: "@clearmarket/medusa", options: {} }],
  modules: [
    {
      resolve: "@medusajs/medusa/payment",
      options: {
        webhook_delay: 100,
        providers: [
          {
            resolve: "@clearmarket/medusa/providers/payment",
            id: "main",
            options: {
              url, accessKey, returnUrl, arbiters: [arbiter], webhookSecrets: [webhookSecret], rates: { EUR: "1.0873" }, rateSource: "test",
            },
          },
        ],
      },
    },
    {
      resolve: "@medusajs/medusa/fulfillment",
      options: {
        providers: [
          {
            resolve: "@clearmarket/medusa/providers/fulfillment",
            id: "main",
            options: { url, accessKey, carriers: { Parcels: carrier }, readPoint: "https://id.gs1.org/414/9521234000013" },
          },
        ],
      },
    },
  ],
});
