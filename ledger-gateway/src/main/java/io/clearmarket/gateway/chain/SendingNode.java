package io.clearmarket.gateway.chain;

import io.clearmarket.wallet.eth.EthAddress;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.web3j.protocol.core.DefaultBlockParameter;

/**
 * What a sender asks of a node. A question may reach two nodes and an answer may be lost, so each may be repeated. What has become of
 * transactions is not asked here but of an {@link EscrowReader}. Failures are {@link ChainException}s.
 */
interface SendingNode extends AutoCloseable {
    /** A block's base fee in wei. */
    BigInteger baseFee(DefaultBlockParameter which);

    /**
     * Hands signed transactions to the node in order.
     *
     * @return for each what the node had against it, empty if nothing
     */
    List<Optional<String>> sendRaw(List<String> signed);

    /**
     * Tries a transaction without sending it.
     *
     * @throws ChainException.Reverted if it would fail now
     */
    void simulate(EthAddress from, EthAddress to, String data, BigInteger gasLimit);

    /** Return data of a call that changes nothing, 0x-prefixed. */
    String call(EthAddress to, String data, DefaultBlockParameter at);

    @Override
    void close();
}
