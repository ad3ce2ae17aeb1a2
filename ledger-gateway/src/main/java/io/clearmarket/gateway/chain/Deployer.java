package io.clearmarket.gateway.chain;

import io.clearmarket.contracts.generated.MarketEscrow;
import io.clearmarket.contracts.generated.TestToken;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.eth.Secp256k1Key;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.ECKeyPair;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.tx.Contract;
import org.web3j.tx.RawTransactionManager;
import org.web3j.tx.TransactionManager;
import org.web3j.tx.gas.ContractGasProvider;
import org.web3j.tx.gas.StaticEIP1559GasProvider;

/** Puts the escrow contract and a test token on a development chain, once. */
public final class Deployer {
    private static final BigInteger GAS_LIMIT = BigInteger.valueOf(6_000_000);
    private static final int ATTEMPTS = 120;
    private static final long POLL_MILLIS = 250;

    private Deployer() {}

    /**
     * The contracts that the file names if they are on this chain, else new ones, whose place the file then tells.
     *
     * @param key of an account with ether
     * @throws ChainException if the node is away or refuses
     */
    public static Deployment ensure(URI rpcUrl, Secp256k1Key key, Path file) {
        try (Rpc rpc = new Rpc(rpcUrl)) {
            long chainId = rpc.chainId();
            if (Files.exists(file)) {
                Deployment known = Deployment.read(file);
                if (known.chainId() == chainId && rpc.hasCode(known.escrow(), DefaultBlockParameterName.LATEST)) {
                    return known;
                }
            }
            Deployment deployed = deploy(rpc, chainId, key);
            deployed.write(file);
            return deployed;
        }
    }

    private static Deployment deploy(Rpc rpc, long chainId, Secp256k1Key key) {
        Web3j web3j = rpc.web3j();
        TransactionManager manager = new RawTransactionManager(
                web3j, Credentials.create(ECKeyPair.create(key.privateKey())), chainId, ATTEMPTS, POLL_MILLIS);
        BigInteger baseFee = rpc.baseFee(DefaultBlockParameterName.LATEST);
        ContractGasProvider gas =
                new StaticEIP1559GasProvider(chainId, baseFee.shiftLeft(1).add(Fees.TIP), Fees.TIP, GAS_LIMIT);
        try {
            MarketEscrow escrow = MarketEscrow.deploy(web3j, manager, gas).send();
            TestToken token = TestToken.deploy(web3j, manager, gas).send();
            return new Deployment(
                    chainId,
                    EthAddress.parse(escrow.getContractAddress()),
                    EthAddress.parse(token.getContractAddress()),
                    blockOf(escrow));
        } catch (Exception e) { // web3j declares no narrower one
            throw new ChainException.Unavailable("the contracts could not be deployed: " + e.getMessage(), e);
        }
    }

    private static long blockOf(Contract contract) {
        return contract.getTransactionReceipt()
                .orElseThrow(() -> new IllegalStateException("a deployed contract has a receipt"))
                .getBlockNumber()
                .longValueExact();
    }
}
