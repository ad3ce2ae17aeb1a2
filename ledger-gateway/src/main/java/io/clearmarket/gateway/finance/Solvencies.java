package io.clearmarket.gateway.finance;

import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.gateway.chain.BlockRef;
import io.clearmarket.gateway.chain.EscrowChain;
import io.clearmarket.gateway.readmodel.Answer;
import io.clearmarket.gateway.readmodel.MoneyAudit;
import io.clearmarket.gateway.readmodel.ReadModel;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Service;

/** The solvency check from the read model and this gateway's node. */
@Service
@ConditionalOnProperty("clearmarket.chain.rpc-url")
public class Solvencies {
    private final ReadModel readModel;
    private final MoneyAudit audit;
    private final EscrowChain chain;

    Solvencies(ReadModel readModel, MoneyAudit audit, EscrowChain chain) {
        this.readModel = readModel;
        this.audit = audit;
        this.chain = chain;
    }

    /**
     * As of now, of one asset or of all. The ledger is read first: what it says of the chain is then final there.
     *
     * @throws io.clearmarket.gateway.chain.ChainException if the node does not answer as it should
     */
    public Solvency now(@Nullable Asset asset) {
        Answer<List<MoneyAudit.Escrow>> escrows = readModel.answer(() -> audit.escrows(asset));
        BlockRef block = chain.finalizedBlock();
        return SolvencyCheck.of(escrows.asOf(), escrows.value(), chain, block);
    }
}
