package io.clearmarket.gateway.finance;

import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.gateway.chain.EscrowChain;
import io.clearmarket.gateway.readmodel.Answer;
import io.clearmarket.gateway.readmodel.MoneyAudit;
import io.clearmarket.gateway.readmodel.ReadModel;
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
     * As of now, of one asset or of all. An answer begins with the ledger's block: what that says of the chain is final there when the chain is asked.
     *
     * @throws io.clearmarket.gateway.chain.ChainException if the node does not answer as it should
     */
    public Solvency now(@Nullable Asset asset) {
        Answer<SolvencyCheck> checked = readModel.answer(() -> {
            SolvencyCheck check = new SolvencyCheck(chain, chain.finalizedBlock());
            audit.escrows(asset, check::add);
            return check;
        });
        return checked.value().result(checked.asOf());
    }
}
