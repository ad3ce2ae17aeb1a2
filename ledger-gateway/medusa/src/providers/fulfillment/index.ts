import { ModuleProvider, Modules } from "@medusajs/framework/utils";
import { ClearmarketFulfillmentProvider } from "./service.js";

export default ModuleProvider(Modules.FULFILLMENT, { services: [ClearmarketFulfillmentProvider] });
