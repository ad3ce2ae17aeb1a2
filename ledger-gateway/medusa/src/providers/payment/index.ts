import { ModuleProvider, Modules } from "@medusajs/framework/utils";
import { ClearmarketPaymentProvider } from "./service.js";

export default ModuleProvider(Modules.PAYMENT, { services: [ClearmarketPaymentProvider] });
