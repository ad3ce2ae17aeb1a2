package io.clearmarket.gateway.chain;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.MarketConfig;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.contracts.generated.MarketEscrow;
import io.clearmarket.contracts.generated.TestToken;
import io.clearmarket.wallet.eip712.Eip712;
import io.clearmarket.wallet.eth.EthAddress;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes1;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.protocol.Web3j;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.gas.DefaultGasProvider;

/** Calldata of the contracts, from the records that both ledgers share. */
final class EscrowCalls implements CallData {
    private static final Function DOMAIN = new Function(
            "eip712Domain",
            List.of(),
            List.of(
                    new TypeReference<Bytes1>() {},
                    new TypeReference<Utf8String>() {},
                    new TypeReference<Utf8String>() {},
                    new TypeReference<Uint256>() {},
                    new TypeReference<Address>() {}));

    private static final int WORD = 32;

    private final MarketEscrow escrow;
    private final Web3j web3j;

    EscrowCalls(Web3j web3j, EthAddress contract) {
        this.web3j = web3j;
        this.escrow = MarketEscrow.load(
                contract.toString(), web3j, new ReadonlyTransactionManager(web3j, null), new DefaultGasProvider());
    }

    @Override
    public String deposit(Terms terms, DepositSignature signature) {
        MarketEscrow.EscrowTerms struct = terms(terms);
        return switch (signature) {
            case DepositSignature.Authorization it ->
                escrow.depositWithAuthorization(struct, it.signature()).encodeFunctionCall();
            case DepositSignature.Permit it ->
                escrow.depositWithPermit(struct, it.consent(), it.permit()).encodeFunctionCall();
            case DepositSignature.Permit2 it ->
                escrow.depositWithPermit2(struct, it.signature()).encodeFunctionCall();
        };
    }

    @Override
    public String permitNonce(EthAddress owner) {
        // the function is every token's; the address that it is loaded for does not enter the calldata
        return token(EthAddress.ZERO).nonces(owner.toString()).encodeFunctionCall();
    }

    @Override
    public String settleBatch(
            MarketConfig market,
            List<Terms> terms,
            List<EscrowTypes.Entitlement> entitlements,
            List<byte[]> signatures) {
        return escrow.settleBatch(
                        terms.stream().map(EscrowCalls::terms).toList(),
                        attesterSet(market),
                        entitlements.stream().map(EscrowCalls::entitlement).toList(),
                        signatures.stream().map(EscrowCalls::compact).toList())
                .encodeFunctionCall();
    }

    @Override
    public String reclaim(Terms terms) {
        return escrow.reclaim(terms(terms)).encodeFunctionCall();
    }

    @Override
    public String announceStandby(MarketConfig market, Digest digest, List<byte[]> signatures) {
        return escrow.announceStandby(
                        attesterSet(market),
                        digest.bytes(),
                        signatures.stream().map(EscrowCalls::compact).toList())
                .encodeFunctionCall();
    }

    String status(Digest escrowId) {
        return escrow.status(escrowId.bytes()).encodeFunctionCall();
    }

    @Override
    public String mint(EthAddress token, EthAddress to, Amount amount) {
        return token(token).mint(to.toString(), amount.units()).encodeFunctionCall();
    }

    String balanceOf(EthAddress token, EthAddress owner) {
        return token(token).balanceOf(owner.toString()).encodeFunctionCall();
    }

    @Override
    public String eip712Domain() {
        return FunctionEncoder.encode(DOMAIN);
    }

    @Override
    public Eip712.Domain domain(String answer) {
        var values = FunctionReturnDecoder.decode(answer, DOMAIN.getOutputParameters());
        return new Eip712.Domain(
                (String) values.get(1).getValue(),
                (String) values.get(2).getValue(),
                (BigInteger) values.get(3).getValue(),
                EthAddress.parse((String) values.get(4).getValue()));
    }

    private TestToken token(EthAddress token) {
        return TestToken.load(
                token.toString(), web3j, new ReadonlyTransactionManager(web3j, null), new DefaultGasProvider());
    }

    static MarketEscrow.EscrowTerms terms(Terms terms) {
        Terms.EscrowTerms escrow = terms.escrow();
        return new MarketEscrow.EscrowTerms(
                terms.hash().bytes(),
                escrow.payer().toString(),
                escrow.merchant().toString(),
                escrow.feeReceiver().toString(),
                escrow.referrer().toString(),
                terms.asset().token().toString(),
                terms.total().units(),
                BigInteger.valueOf(terms.payBy().getEpochSecond()),
                BigInteger.valueOf(terms.stopDate().getEpochSecond()),
                BigInteger.valueOf(terms.feeBps()),
                BigInteger.valueOf(terms.referralBps()),
                escrow.attesters().bytes(),
                escrow.salt().bytes());
    }

    static MarketEscrow.AttesterSet attesterSet(MarketConfig market) {
        List<MarketConfig.Attester> required = market.requiredAttesters();
        EthAddress standby = required.size() > 1 ? required.get(1).address() : EthAddress.ZERO;
        return new MarketEscrow.AttesterSet(
                market.otherAttesters().stream()
                        .map(attester -> attester.address().toString())
                        .toList(),
                required.getFirst().address().toString(),
                standby.toString(),
                BigInteger.valueOf(market.standbyDelay()),
                BigInteger.valueOf(market.quorum()));
    }

    /** A signature r||s||v in the 64 bytes of ERC-2098: s leaves its highest bit free for the parity that v tells. */
    static MarketEscrow.Signature compact(byte[] signature) {
        byte[] r = Arrays.copyOf(signature, WORD);
        byte[] vs = Arrays.copyOfRange(signature, WORD, 2 * WORD);
        if (signature[2 * WORD] == 28) {
            vs[0] |= (byte) 0x80;
        }
        return new MarketEscrow.Signature(r, vs);
    }

    static MarketEscrow.Entitlement entitlement(EscrowTypes.Entitlement entitlement) {
        return new MarketEscrow.Entitlement(
                entitlement.ledgerId().bytes(),
                entitlement.decision().bytes(),
                entitlement.gross().units(),
                entitlement.payer().units(),
                BigInteger.valueOf(entitlement.validUntil()));
    }
}
