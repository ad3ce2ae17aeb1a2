package io.clearmarket.gateway.chain;

import io.clearmarket.wallet.eth.EthAddress;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.BatchRequest;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthBlock;
import org.web3j.protocol.core.methods.response.EthCall;
import org.web3j.protocol.core.methods.response.EthGetTransactionReceipt;
import org.web3j.protocol.core.methods.response.EthLog;
import org.web3j.protocol.core.methods.response.EthSendTransaction;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.protocol.http.HttpService;

/** JSON-RPC to one node; what belongs together goes in one HTTP request. Failures are {@link ChainException}s. */
final class Rpc implements SendingNode {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final URI url;
    private final Web3j web3j;

    Rpc(URI url) {
        this(List.of(url));
    }

    /** @param nodes at least one; the others are asked when the first is away */
    Rpc(List<URI> nodes) {
        this.url = nodes.getFirst();
        OkHttpClient client = new OkHttpClient.Builder()
                .addInterceptor(new Failover(nodes))
                .connectTimeout(TIMEOUT)
                .readTimeout(TIMEOUT)
                .writeTimeout(TIMEOUT)
                .build();
        this.web3j = Web3j.build(new HttpService(url.toString(), client));
    }

    URI url() {
        return url;
    }

    /** For generated code, which only encodes calls and deploys. */
    Web3j web3j() {
        return web3j;
    }

    long chainId() {
        return ask(web3j.ethChainId()).getChainId().longValueExact();
    }

    /** True if there is code at the address. */
    boolean hasCode(EthAddress address, DefaultBlockParameter at) {
        return ask(web3j.ethGetCode(address.lower(), at)).getCode().length() > 2;
    }

    BlockRef block(DefaultBlockParameter which) {
        return blockRef(ask(web3j.ethGetBlockByNumber(which, false)));
    }

    @Override
    public BigInteger baseFee(DefaultBlockParameter which) {
        return block(ask(web3j.ethGetBlockByNumber(which, false))).getBaseFeePerGas();
    }

    /** The blocks with these numbers, in the same order. */
    List<BlockRef> blocks(Collection<Long> numbers) {
        List<Request<?, ? extends Response<?>>> requests = new ArrayList<>();
        numbers.forEach(number -> requests.add(
                web3j.ethGetBlockByNumber(DefaultBlockParameter.valueOf(BigInteger.valueOf(number)), false)));
        return askAll(requests, EthBlock.class).stream().map(Rpc::blockRef).toList();
    }

    /**
     * Logs of a contract in a range of blocks, both ends included.
     *
     * @param firstIndexed values that a log's first indexed parameter may have; empty for all logs
     */
    List<Log> logs(EthAddress contract, long from, long to, List<String> firstIndexed) {
        EthFilter filter = new EthFilter(
                DefaultBlockParameter.valueOf(BigInteger.valueOf(from)),
                DefaultBlockParameter.valueOf(BigInteger.valueOf(to)),
                contract.lower());
        if (!firstIndexed.isEmpty()) {
            filter.addNullTopic().addOptionalTopics(firstIndexed.toArray(String[]::new));
        }
        return ask(web3j.ethGetLogs(filter)).getLogs().stream()
                .map(result -> ((EthLog.LogObject) result).get())
                .toList();
    }

    @Override
    public String call(EthAddress to, String data, DefaultBlockParameter at) {
        return ask(web3j.ethCall(Transaction.createEthCallTransaction(null, to.lower(), data), at))
                .getValue();
    }

    /** Return data of many calls to one contract, in order. */
    List<String> calls(EthAddress to, List<String> data, DefaultBlockParameter at) {
        List<Request<?, ? extends Response<?>>> requests = new ArrayList<>();
        data.forEach(
                each -> requests.add(web3j.ethCall(Transaction.createEthCallTransaction(null, to.lower(), each), at)));
        return askAll(requests, EthCall.class).stream().map(EthCall::getValue).toList();
    }

    @Override
    public void simulate(EthAddress from, EthAddress to, String data, BigInteger gasLimit) {
        Transaction transaction =
                new Transaction(from.lower(), null, null, gasLimit, to.lower(), BigInteger.ZERO, data);
        ask(web3j.ethCall(transaction, DefaultBlockParameterName.PENDING));
    }

    BigInteger transactionCount(EthAddress sender, DefaultBlockParameter at) {
        return ask(web3j.ethGetTransactionCount(sender.lower(), at)).getTransactionCount();
    }

    @Override
    public List<Optional<String>> sendRaw(List<String> signed) {
        List<Request<?, ? extends Response<?>>> requests = new ArrayList<>();
        signed.forEach(raw -> requests.add(web3j.ethSendRawTransaction(raw)));
        return batch(requests).stream()
                .map(response -> ((EthSendTransaction) response).hasError()
                        ? Optional.of(response.getError().getMessage())
                        : Optional.<String>empty())
                .toList();
    }

    /** Receipts of the transactions that have one. */
    List<TransactionReceipt> receipts(List<String> hashes) {
        List<Request<?, ? extends Response<?>>> requests = new ArrayList<>();
        hashes.forEach(hash -> requests.add(web3j.ethGetTransactionReceipt(hash)));
        return askAll(requests, EthGetTransactionReceipt.class).stream()
                .flatMap(response -> response.getTransactionReceipt().stream())
                .toList();
    }

    private static BlockRef blockRef(EthBlock response) {
        EthBlock.Block block = block(response);
        return new BlockRef(
                block.getNumber().longValueExact(),
                Hex.digest(block.getHash()),
                Instant.ofEpochSecond(block.getTimestamp().longValueExact()));
    }

    private static EthBlock.Block block(EthBlock response) {
        EthBlock.@Nullable Block block = response.getBlock();
        if (block == null) {
            throw new ChainException.Unavailable("the node does not have the block that was asked for", null);
        }
        return block;
    }

    private <T extends Response<?>> T ask(Request<?, T> request) {
        try {
            return withoutError(request.send());
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private <T extends Response<?>> List<T> askAll(List<Request<?, ? extends Response<?>>> requests, Class<T> type) {
        return batch(requests).stream()
                .map(response -> withoutError(type.cast(response)))
                .toList();
    }

    private List<? extends Response<?>> batch(List<Request<?, ? extends Response<?>>> requests) {
        if (requests.isEmpty()) {
            return List.of();
        }
        BatchRequest batch = web3j.newBatch();
        requests.forEach(batch::add);
        try {
            return batch.send().getResponses();
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private <T extends Response<?>> T withoutError(T response) {
        if (!response.hasError()) {
            return response;
        }
        Response.Error error = response.getError();
        String message = Objects.requireNonNullElse(error.getMessage(), "error " + error.getCode());
        if (error.getData() != null || message.contains("revert")) {
            throw new ChainException.Reverted(ContractErrors.describe(error.getData(), message));
        }
        throw new ChainException.Unavailable("the node at " + url + " answered: " + message, null);
    }

    private ChainException unavailable(IOException cause) {
        return new ChainException.Unavailable("the node at " + url + " can't be reached: " + cause.getMessage(), cause);
    }

    @Override
    public void close() {
        web3j.shutdown();
    }
}
