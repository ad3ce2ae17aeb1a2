package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.gateway.settlement.attester.OutflowGuard;
import io.clearmarket.gateway.settlement.attester.OutflowLimit;
import io.clearmarket.gateway.settlement.attester.Pausable;
import io.clearmarket.gateway.testing.TestDatabase;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.eth.Secp256k1Key;
import org.jspecify.annotations.Nullable;

class OutflowGuardTest extends OutflowContract {
    private final TestDatabase database = TestDatabase.create();
    private @Nullable OutflowGuard last;

    @Override
    protected OutflowLimit limit() {
        EthAddress attester = Secp256k1Key.generate().address();
        OutflowGuard guard = new OutflowGuard(attester, Amount.of(100), database.client(), database.transaction());
        last = guard;
        return guard;
    }

    @Override
    protected Pausable pause() {
        if (last == null) {
            throw new IllegalStateException("nothing is limited yet");
        }
        return last;
    }
}
