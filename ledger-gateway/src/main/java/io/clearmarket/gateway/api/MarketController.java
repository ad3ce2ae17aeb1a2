package io.clearmarket.gateway.api;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.MarketConfig;
import io.clearmarket.gateway.config.GatewayProperties;
import io.clearmarket.gateway.readmodel.Answer;
import io.clearmarket.gateway.readmodel.AsOf;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What everybody must know before they can agree on anything here. */
@RestController
@Tag(name = "market")
class MarketController {
    private final ReadModel readModel;
    private final GatewayProperties properties;

    MarketController(ReadModel readModel, GatewayProperties properties) {
        this.readModel = readModel;
        this.properties = properties;
    }

    /**
     * The market.
     *
     * @param ledger the ledger's name, to which signatures are bound
     * @param channel its Fabric channel
     * @param chaincode its chaincode
     * @param config what the organisations agreed on; absent before they did
     * @param attesterSetHash what terms name as their attesters; absent likewise
     * @param demonstration true where one operator holds every key
     */
    record Market(
            String ledger,
            String channel,
            String chaincode,
            @Nullable MarketConfig config,
            @Nullable Digest attesterSetHash,
            boolean demonstration,
            AsOf asOf) {}

    @GetMapping("/api/v1/market")
    @Operation(operationId = "market", summary = "The ledger, its settlement chain and who attests between them")
    Market market() {
        Answer<Optional<MarketConfig>> answer = readModel.answer(readModel::market);
        MarketConfig config = answer.value().orElse(null);
        return new Market(
                properties.ledger(),
                properties.channel(),
                properties.chaincode(),
                config,
                config == null ? null : EscrowTypes.attesterSetHash(config),
                properties.demonstration(),
                answer.asOf());
    }
}
