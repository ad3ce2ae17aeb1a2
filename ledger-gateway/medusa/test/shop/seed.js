// One product, sold in euros with a tax that leaves fractions of a cent; prints the keys and ids that the test needs.
const { ContainerRegistrationKeys, Modules, ProductStatus } = require("@medusajs/framework/utils");
const flows = require("@medusajs/medusa/core-flows");

module.exports.default = async function seed({ container }) {
  const run = async (flow, input) => (await flow(container).run({ input })).result;
  const link = container.resolve(ContainerRegistrationKeys.LINK);

  const [channel] = await run(flows.createSalesChannelsWorkflow, { salesChannelsData: [{ name: "Web" }] });
  const [region] = await run(flows.createRegionsWorkflow, {
    regions: [{ name: "Germany", currency_code: "eur", countries: ["de"], payment_providers: ["pp_clearmarket_main"] }],
  });
  await run(flows.createTaxRegionsWorkflow, [
    { country_code: "de", provider_id: "tp_system", default_tax_rate: { rate: 19, name: "VAT", code: "vat" } },
  ]);
  const [location] = await run(flows.createStockLocationsWorkflow, {
    locations: [{ name: "Warehouse", address: { city: "Berlin", country_code: "DE", address_1: "" } }],
  });
  await link.create({ [Modules.STOCK_LOCATION]: { stock_location_id: location.id }, [Modules.FULFILLMENT]: { fulfillment_provider_id: "clearmarket_main" } });
  await run(flows.linkSalesChannelsToStockLocationWorkflow, { id: location.id, add: [channel.id] });

  const [profile] = await run(flows.createShippingProfilesWorkflow, { data: [{ name: "Goods", type: "default" }] });
  const set = await container.resolve(Modules.FULFILLMENT).createFulfillmentSets({
    name: "Delivery", type: "shipping", service_zones: [{ name: "Germany", geo_zones: [{ country_code: "de", type: "country" }] }],
  });
  await link.create({ [Modules.STOCK_LOCATION]: { stock_location_id: location.id }, [Modules.FULFILLMENT]: { fulfillment_set_id: set.id } });
  const [option] = await run(flows.createShippingOptionsWorkflow, [
    {
      name: "Parcel", price_type: "flat", provider_id: "clearmarket_main", service_zone_id: set.service_zones[0].id, shipping_profile_id: profile.id,
      type: { label: "Parcel", description: "In three days.", code: "parcel" }, data: { id: "Parcels" },
      prices: [{ currency_code: "eur", amount: 4.9 }], rules: [],
    },
  ]);
  const [product] = await run(flows.createProductsWorkflow, {
    products: [
      {
        title: "A good thing", status: ProductStatus.PUBLISHED, shipping_profile_id: profile.id, sales_channels: [{ id: channel.id }],
        options: [{ title: "Size", values: ["M"] }],
        variants: [
          { title: "M", sku: "GOOD-M", ean: "9521234123453", options: { Size: "M" }, manage_inventory: true, prices: [{ amount: 9.99, currency_code: "eur" }] },
        ],
      },
    ],
  });
  const [inventory] = await container.resolve(Modules.INVENTORY).listInventoryItems({ sku: "GOOD-M" });
  await run(flows.createInventoryLevelsWorkflow, {
    inventory_levels: [{ inventory_item_id: inventory.id, location_id: location.id, stocked_quantity: 1000 }],
  });
  const [publishable, secret] = await run(flows.createApiKeysWorkflow, {
    api_keys: [{ title: "Web", type: "publishable", created_by: "" }, { title: "Office", type: "secret", created_by: "" }],
  });
  await run(flows.linkSalesChannelsToApiKeyWorkflow, { id: publishable.id, add: [channel.id] });
  const seeded = {
    publishable: publishable.token, secret: secret.token, region: region.id, variant: product.variants[0].id, option: option.id, location: location.id,
  };
  process.stdout.write(`\nSEEDED ${JSON.stringify(seeded)}\n`);
};
