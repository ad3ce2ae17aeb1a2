package io.clearmarket.gateway.api;

import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.gateway.readmodel.ServiceFigures;
import io.clearmarket.wallet.identity.PartyId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How well merchants and carriers keep what was agreed. */
@RestController
@RequestMapping("/api/v1/service")
@Tag(name = "Service", description = "Promised against actual, from domain events and signed terms alone")
class ServiceController {
    private final ReadModel readModel;
    private final ServiceFigures figures;

    ServiceController(ReadModel readModel, ServiceFigures figures) {
        this.readModel = readModel;
        this.figures = figures;
    }

    @GetMapping("/merchants")
    @Operation(
            operationId = "serviceOfMerchants",
            summary = "How well merchants keep their promises",
            description =
                    "Shipping and delivery against the signed terms, answers to cases, and disputes; those with the"
                            + " most consignments first. They count consignments and name no buyer, so every caller may read them.")
    Listed<ServiceFigures.Merchant> merchants(@RequestParam(required = false) @Nullable PartyId merchant) {
        return Listed.all(readModel.answer(() -> figures.merchants(merchant)));
    }

    @GetMapping("/carriers")
    @Operation(
            operationId = "serviceOfCarriers",
            summary = "How well carriers deliver in time",
            description = "From shipment to delivery, against the signed terms.")
    Listed<ServiceFigures.Carrier> carriers(@RequestParam(required = false) @Nullable PartyId carrier) {
        return Listed.all(readModel.answer(() -> figures.carriers(carrier)));
    }
}
