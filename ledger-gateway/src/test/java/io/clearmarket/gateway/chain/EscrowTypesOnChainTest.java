package io.clearmarket.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.contracts.generated.MarketEscrow;
import io.clearmarket.wallet.eip712.Eip712;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.gas.DefaultGasProvider;

/** The ledger's hashes against the deployed contract's own. */
class EscrowTypesOnChainTest {
    private static ChainFixture chain;
    private static Rpc rpc;
    private static MarketEscrow contract;

    @BeforeAll
    static void start() throws Exception {
        chain = ChainFixture.start();
        rpc = new Rpc(chain.anvil.address());
        contract = MarketEscrow.load(
                chain.deployment.escrow().toString(),
                rpc.web3j(),
                new ReadonlyTransactionManager(rpc.web3j(), null),
                new DefaultGasProvider());
    }

    @AfterAll
    static void stop() {
        rpc.close();
        chain.close();
    }

    @Test
    void an_escrow_has_the_same_id_on_both_ledgers() throws Exception {
        Terms terms = chain.terms("order-0001", 12_345, Instant.ofEpochSecond(1_900_000_000));
        byte[] onChain = contract.escrowIdOf(EscrowCalls.terms(terms)).send();
        assertThat(EscrowTypes.escrowId(terms)).isEqualTo(Digest.of(onChain));
    }

    @Test
    void the_attester_set_has_the_same_hash_on_both_ledgers() throws Exception {
        byte[] onChain =
                contract.attestersOf(EscrowCalls.attesterSet(chain.market())).send();
        assertThat(EscrowTypes.attesterSetHash(chain.market())).isEqualTo(Digest.of(onChain));
    }

    @Test
    void entitlements_alone_and_in_a_batch_have_the_same_digest_on_both_ledgers() throws Exception {
        Eip712.Domain domain = EscrowTypes.escrowDomain(chain.deployment.chainId(), chain.deployment.escrow());
        EscrowTypes.Entitlement one = entitlement(1, 1_000, 0);
        EscrowTypes.Entitlement two = entitlement(2, Long.MAX_VALUE, 77);
        assertThat(EscrowTypes.entitlementDigest(domain, one))
                .isEqualTo(contract.entitlementDigest(one.escrowId().bytes(), EscrowCalls.entitlement(one))
                        .send());
        assertThat(EscrowTypes.batchDigest(domain, List.of(one, two)))
                .isEqualTo(contract.batchDigest(
                                List.of(one.escrowId().bytes(), two.escrowId().bytes()),
                                List.of(EscrowCalls.entitlement(one), EscrowCalls.entitlement(two)))
                        .send());
    }

    private static EscrowTypes.Entitlement entitlement(int decision, long gross, long payer) {
        return new EscrowTypes.Entitlement(
                Digest.sha256(new byte[] {(byte) decision}),
                EscrowTypes.ledgerId(ChainFixture.LEDGER),
                EscrowTypes.decisionId(decision),
                Amount.of(gross),
                Amount.of(payer),
                1_900_000_000L);
    }
}
