package io.clearmarket.contracts;

import io.clearmarket.contracts.generated.MarketEscrow;
import io.clearmarket.contracts.generated.MarketEscrow.AttesterSet;
import io.clearmarket.contracts.generated.MarketEscrow.Entitlement;
import io.clearmarket.contracts.generated.MarketEscrow.EscrowTerms;
import io.clearmarket.contracts.generated.MarketEscrow.Signature;
import io.clearmarket.contracts.generated.TestToken;
import io.clearmarket.wallet.eip712.Eip712;
import io.clearmarket.wallet.eip712.Value;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.eth.Keccak;
import io.clearmarket.wallet.eth.Mnemonic;
import io.clearmarket.wallet.eth.Secp256k1Key;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.ECKeyPair;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.protocol.http.HttpService;
import org.web3j.tx.RawTransactionManager;
import org.web3j.tx.gas.StaticGasProvider;
import org.web3j.tx.response.PollingTransactionReceiptProcessor;

/** An escrow and a token on a chain of their own, with the parties' and the attesters' keys. */
final class Market implements AutoCloseable {
    static final BigInteger TOTAL = BigInteger.valueOf(100_000_000);
    static final long CHAIN_ID = 31337;
    private static final long HOUR = 3_600;
    private static final BigInteger LATER = BigInteger.valueOf(4_000_000_000L);
    private static final String ENTITLEMENT = "Entitlement(bytes32 escrowId,bytes32 ledgerId,bytes32 decision,"
            + "uint120 merchantGross,uint120 payerAmount,uint48 validUntil)";
    private static final Mnemonic ACCOUNTS = Mnemonic.parse(AnvilProcess.MNEMONIC);

    final Secp256k1Key payer = ACCOUNTS.key(1);
    final Secp256k1Key merchant = Secp256k1Key.generate();
    final Secp256k1Key platformAttester = Secp256k1Key.generate();
    final Secp256k1Key merchantsAttester = Secp256k1Key.generate();
    final Secp256k1Key auditAttester = Secp256k1Key.generate();
    final EthAddress feeReceiver = Secp256k1Key.generate().address();
    final EthAddress referrer = Secp256k1Key.generate().address();
    final MarketEscrow escrow;
    final TestToken token;

    private final AnvilProcess anvil;
    private final HttpService service;
    private final Web3j web3;

    private Market(AnvilProcess anvil) throws Exception {
        this.anvil = anvil;
        this.service = new HttpService(anvil.address().toString());
        this.web3 = Web3j.build(service);
        this.escrow = MarketEscrow.deploy(web3, sender(0), gas()).send();
        this.token = TestToken.deploy(web3, sender(0), gas()).send();
    }

    static Market start() throws Exception {
        return new Market(
                AnvilProcess.start(Checkout.TOOLS, AnvilOptions.development().withBlockTime(Duration.ZERO)));
    }

    @Override
    public void close() {
        web3.shutdown();
        anvil.close();
    }

    /** The escrow as the payer calls it, with ether of its own. */
    MarketEscrow escrowAsPayer() {
        return MarketEscrow.load(escrow.getContractAddress(), web3, sender(1), gas());
    }

    TestToken tokenAsPayer() {
        return TestToken.load(token.getContractAddress(), web3, sender(1), gas());
    }

    BigInteger balance(EthAddress account) throws Exception {
        return token.balanceOf(account.toString()).send();
    }

    AttesterSet attesters() {
        return new AttesterSet(
                Stream.of(platformAttester, merchantsAttester)
                        .map(key -> key.address().toString())
                        .toList(),
                auditAttester.address().toString(),
                EthAddress.ZERO.toString(),
                BigInteger.valueOf(86_400),
                BigInteger.TWO);
    }

    /** Terms of 2.5 % fee and 1 % referral, different for each salt. */
    EscrowTerms terms(String salt) {
        return new EscrowTerms(
                hash("terms"),
                payer.address().toString(),
                merchant.address().toString(),
                feeReceiver.toString(),
                referrer.toString(),
                token.getContractAddress(),
                TOTAL,
                LATER,
                LATER,
                BigInteger.valueOf(250),
                BigInteger.valueOf(100),
                attesterSetHash(attesters()),
                hash(salt));
    }

    Entitlement entitlement(long merchantGross, long payerAmount) {
        return new Entitlement(
                hash("ledger"),
                hash("decision"),
                BigInteger.valueOf(merchantGross),
                BigInteger.valueOf(payerAmount),
                LATER);
    }

    /** Signatures of these keys over a digest, in the order that the contract wants. */
    static List<Signature> sign(byte[] digest, Secp256k1Key... keys) {
        return Stream.of(keys)
                .sorted(Comparator.comparing(Secp256k1Key::address))
                .map(key -> compact(key.signDigest(digest)))
                .toList();
    }

    /** r||s||v in the 64 bytes of ERC-2098. */
    private static Signature compact(byte[] signature) {
        byte[] vs = Arrays.copyOfRange(signature, 32, 64);
        vs[0] |= (byte) ((signature[64] - 27) << 7);
        return new Signature(Arrays.copyOf(signature, 32), vs);
    }

    static byte[] attesterSetHash(AttesterSet set) {
        return Eip712.hashStruct(
                "AttesterSet(address[] members,address required,address standby,uint48 standbyDelay,uint8 threshold)",
                Value.array(set.members.stream()
                        .map(member -> Value.address(EthAddress.parse(member)))
                        .toList()),
                Value.address(EthAddress.parse(set.required)),
                Value.address(EthAddress.parse(set.standby)),
                Value.uint(set.standbyDelay),
                Value.uint(set.threshold));
    }

    byte[] escrowId(EscrowTerms terms) {
        byte[] structHash = Eip712.hashStruct(
                "EscrowTerms(bytes32 termsHash,address payer,address merchant,address feeReceiver,address referrer,"
                        + "address asset,uint120 total,uint48 payBy,uint48 stopDate,uint16 feeBps,uint16 referralBps,"
                        + "bytes32 attesters,bytes32 salt)",
                Value.bytes32(terms.termsHash),
                Value.address(EthAddress.parse(terms.payer)),
                Value.address(EthAddress.parse(terms.merchant)),
                Value.address(EthAddress.parse(terms.feeReceiver)),
                Value.address(EthAddress.parse(terms.referrer)),
                Value.address(EthAddress.parse(terms.asset)),
                Value.uint(terms.total),
                Value.uint(terms.payBy),
                Value.uint(terms.stopDate),
                Value.uint(terms.feeBps),
                Value.uint(terms.referralBps),
                Value.bytes32(terms.attesters),
                Value.bytes32(terms.salt));
        return Keccak.hash256(
                Value.uint(CHAIN_ID).encoded(), Value.address(escrowAddress()).encoded(), structHash);
    }

    byte[] digest(EscrowTerms terms, Entitlement entitlement) {
        return Eip712.digest(escrowDomain(), structHash(terms, entitlement));
    }

    byte[] digest(List<EscrowTerms> terms, List<Entitlement> entitlements) {
        return Eip712.digest(
                escrowDomain(),
                Eip712.hashStruct(
                        "EntitlementBatch(Entitlement[] entitlements)" + ENTITLEMENT,
                        Value.array(IntStream.range(0, terms.size())
                                .mapToObj(i -> Value.struct(structHash(terms.get(i), entitlements.get(i))))
                                .toList())));
    }

    /** The digest of the EIP-3009 authorization that opens an escrow with these terms. */
    byte[] authorizationDigest(EscrowTerms terms) {
        return Eip712.digest(
                new Eip712.Domain(
                        "Clearmarket Test Dollar", "1", CHAIN_ID, EthAddress.parse(token.getContractAddress())),
                Eip712.hashStruct(
                        "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,"
                                + "uint256 validBefore,bytes32 nonce)",
                        Value.address(payer.address()),
                        Value.address(escrowAddress()),
                        Value.uint(terms.total),
                        Value.uint(0),
                        Value.uint(terms.payBy),
                        Value.bytes32(escrowId(terms))));
    }

    /** The payer's word, sent by somebody else. */
    RemoteFunctionCall<TransactionReceipt> payMerchant(EscrowTerms terms, Secp256k1Key payer, long gross, int nonce) {
        byte[] message = Eip712.hashStruct(
                "PayMerchant(bytes32 escrowId,uint120 merchantGross,uint8 nonce,uint48 validUntil)",
                Value.bytes32(escrowId(terms)),
                Value.uint(gross),
                Value.uint(nonce),
                Value.uint(LATER));
        return escrow.payMerchant(terms, BigInteger.valueOf(gross), LATER, signed(payer, message));
    }

    /** The merchant's word, sent by somebody else. */
    RemoteFunctionCall<TransactionReceipt> refundPayer(EscrowTerms terms, Secp256k1Key merchant, long back, int nonce) {
        byte[] message = Eip712.hashStruct(
                "RefundPayer(bytes32 escrowId,uint120 payerAmount,uint8 nonce,uint48 validUntil)",
                Value.bytes32(escrowId(terms)),
                Value.uint(back),
                Value.uint(nonce),
                Value.uint(LATER));
        return escrow.refundPayer(terms, BigInteger.valueOf(back), LATER, signed(merchant, message));
    }

    /** Both parties' word, sent by somebody else. */
    RemoteFunctionCall<TransactionReceipt> split(
            EscrowTerms terms,
            Secp256k1Key payer,
            Secp256k1Key merchant,
            long gross,
            long back,
            int payerNonce,
            int merchantNonce) {
        byte[] message = Eip712.hashStruct(
                "Split(bytes32 escrowId,uint120 merchantGross,uint120 payerAmount,uint8 payerNonce,"
                        + "uint8 merchantNonce,uint48 validUntil)",
                Value.bytes32(escrowId(terms)),
                Value.uint(gross),
                Value.uint(back),
                Value.uint(payerNonce),
                Value.uint(merchantNonce),
                Value.uint(LATER));
        return escrow.split(
                terms,
                BigInteger.valueOf(gross),
                BigInteger.valueOf(back),
                LATER,
                signed(payer, message),
                signed(merchant, message));
    }

    /** Gives the account that pays for others so much, and the escrow leave to take it. */
    void fund(BigInteger amount) throws Exception {
        token.mint(payer.address().toString(), amount).send();
        tokenAsPayer().approve(escrow.getContractAddress(), amount).send();
    }

    /** An hour after the newest block, Unix time. */
    BigInteger inOneHour() throws IOException {
        return web3.ethGetBlockByNumber(DefaultBlockParameterName.LATEST, false)
                .send()
                .getBlock()
                .getTimestamp()
                .add(BigInteger.valueOf(HOUR));
    }

    /** Moves the chain's clock. */
    void waitTwoHours() throws IOException {
        new Request<>("evm_increaseTime", List.of(2 * HOUR), service, Answer.class).send();
        new Request<>("evm_mine", List.of(), service, Answer.class).send();
    }

    /** Whatever the node answers to its own methods. */
    private static final class Answer extends Response<Object> {}

    private byte[] signed(Secp256k1Key key, byte[] message) {
        return key.signDigest(Eip712.digest(escrowDomain(), message));
    }

    private byte[] structHash(EscrowTerms terms, Entitlement entitlement) {
        return Eip712.hashStruct(
                ENTITLEMENT,
                Value.bytes32(escrowId(terms)),
                Value.bytes32(entitlement.ledgerId),
                Value.bytes32(entitlement.decision),
                Value.uint(entitlement.merchantGross),
                Value.uint(entitlement.payerAmount),
                Value.uint(entitlement.validUntil));
    }

    private Eip712.Domain escrowDomain() {
        return new Eip712.Domain("Clearmarket Escrow", "1", CHAIN_ID, escrowAddress());
    }

    private EthAddress escrowAddress() {
        return EthAddress.parse(escrow.getContractAddress());
    }

    private static byte[] hash(String text) {
        return Keccak.hash256(text.getBytes(StandardCharsets.UTF_8));
    }

    private RawTransactionManager sender(int account) {
        Credentials credentials =
                Credentials.create(ECKeyPair.create(ACCOUNTS.key(account).privateKey()));
        return new RawTransactionManager(
                web3, credentials, CHAIN_ID, new PollingTransactionReceiptProcessor(web3, 20, 500));
    }

    private static StaticGasProvider gas() {
        return new StaticGasProvider(BigInteger.valueOf(2_000_000_000L), BigInteger.valueOf(10_000_000));
    }
}
