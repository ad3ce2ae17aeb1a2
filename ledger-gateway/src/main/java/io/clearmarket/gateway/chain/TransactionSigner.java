package io.clearmarket.gateway.chain;

import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.eth.EthSigner;
import java.math.BigInteger;
import java.util.Arrays;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.crypto.TransactionEncoder;

/** Signs EIP-1559 transactions of one account on one chain. */
final class TransactionSigner {
    private static final int WORD = 32;

    private final EthSigner key;
    private final long chainId;

    TransactionSigner(EthSigner key, long chainId) {
        this.key = key;
        this.chainId = chainId;
    }

    EthAddress address() {
        return key.address();
    }

    /** The bytes that a node takes; they send no ether. */
    byte[] call(BigInteger nonce, BigInteger gasLimit, String to, String data, Fees.Offer offer) {
        RawTransaction raw = RawTransaction.createTransaction(
                chainId, nonce, gasLimit, to, BigInteger.ZERO, data, offer.maxPriorityFee(), offer.maxFee());
        byte[] signature = key.signDigest(Hash.sha3(TransactionEncoder.encode(raw)));
        return TransactionEncoder.encode(
                raw,
                new Sign.SignatureData(
                        signature[2 * WORD],
                        Arrays.copyOfRange(signature, 0, WORD),
                        Arrays.copyOfRange(signature, WORD, 2 * WORD)));
    }
}
