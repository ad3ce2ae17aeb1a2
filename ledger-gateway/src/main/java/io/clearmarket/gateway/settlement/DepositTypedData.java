package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.chain.EscrowChain.Authorization;
import io.clearmarket.wallet.eip712.Eip712;
import io.clearmarket.wallet.eth.EthAddress;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a payer signs for a deposit, in the form that wallets take ({@code eth_signTypedData_v4}). */
record DepositTypedData(
        Map<String, List<Member>> types, String primaryType, Map<String, Object> domain, Map<String, Object> message) {
    /** Permit2 has one address on every chain. */
    static final EthAddress PERMIT2 = EthAddress.parse("0x000000000022D473030F116dDEE9F6B43aC78BA3");

    private static final String UINT256 = "uint256";
    private static final String ADDRESS = "address";
    private static final String BYTES32 = "bytes32";

    private static final List<Member> ESCROW_TERMS = List.of(
            new Member("termsHash", BYTES32),
            new Member("payer", ADDRESS),
            new Member("merchant", ADDRESS),
            new Member("feeReceiver", ADDRESS),
            new Member("referrer", ADDRESS),
            new Member("asset", ADDRESS),
            new Member("total", "uint120"),
            new Member("payBy", "uint48"),
            new Member("stopDate", "uint48"),
            new Member("feeBps", "uint16"),
            new Member("referralBps", "uint16"),
            new Member("attesters", BYTES32),
            new Member("salt", BYTES32));

    /** A member of a struct. */
    record Member(String name, String type) {}

    /** EIP-3009: the token gives the total to the contract, which asks for it. */
    static DepositTypedData authorization(Authorization authorization) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("from", authorization.from().toString());
        message.put("to", authorization.to().toString());
        message.put("value", authorization.value().toString());
        message.put("validAfter", "0");
        message.put("validBefore", Long.toString(authorization.validBefore()));
        message.put("nonce", "0x" + authorization.nonce().hex());
        List<Member> members = List.of(
                new Member("from", ADDRESS),
                new Member("to", ADDRESS),
                new Member("value", UINT256),
                new Member("validAfter", UINT256),
                new Member("validBefore", UINT256),
                new Member("nonce", BYTES32));
        return of(
                authorization.token(),
                "ReceiveWithAuthorization",
                Map.of("ReceiveWithAuthorization", members),
                message);
    }

    /**
     * EIP-2612: the contract may take the total until payBy.
     *
     * @param nonce the token's next one of the payer
     */
    static DepositTypedData permit(Authorization deposit, BigInteger nonce) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("owner", deposit.from().toString());
        message.put("spender", deposit.to().toString());
        message.put("value", deposit.value().toString());
        message.put("nonce", nonce.toString());
        message.put("deadline", Long.toString(deposit.validBefore()));
        List<Member> members = List.of(
                new Member("owner", ADDRESS),
                new Member("spender", ADDRESS),
                new Member("value", UINT256),
                new Member("nonce", UINT256),
                new Member("deadline", UINT256));
        return of(deposit.token(), "Permit", Map.of("Permit", members), message);
    }

    /** What the money may be taken for. */
    static DepositTypedData consent(Terms terms) {
        return of(
                EscrowTypes.escrowDomain(
                        terms.escrow().chainId(), terms.escrow().contract()),
                "DepositConsent",
                Map.of("DepositConsent", List.of(new Member("terms", "EscrowTerms")), "EscrowTerms", ESCROW_TERMS),
                Map.of("terms", escrowTerms(terms)));
    }

    /** Permit2: the contract may take the total once, for these terms. */
    static DepositTypedData permit2(Terms terms) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put(
                "permitted",
                Map.of(
                        "token",
                        terms.asset().token().toString(),
                        "amount",
                        terms.total().toString()));
        message.put("spender", terms.escrow().contract().toString());
        message.put("nonce", new BigInteger(EscrowTypes.escrowId(terms).hex(), 16).toString());
        message.put("deadline", Long.toString(terms.payBy().getEpochSecond()));
        message.put("witness", escrowTerms(terms));
        Map<String, List<Member>> types = Map.of(
                "PermitWitnessTransferFrom",
                List.of(
                        new Member("permitted", "TokenPermissions"),
                        new Member("spender", ADDRESS),
                        new Member("nonce", UINT256),
                        new Member("deadline", UINT256),
                        new Member("witness", "EscrowTerms")),
                "TokenPermissions",
                List.of(new Member("token", ADDRESS), new Member("amount", UINT256)),
                "EscrowTerms",
                ESCROW_TERMS);
        Map<String, Object> domain = new LinkedHashMap<>();
        domain.put("name", "Permit2");
        domain.put("chainId", terms.escrow().chainId());
        domain.put("verifyingContract", PERMIT2.toString());
        List<Member> domainType = List.of(
                new Member("name", "string"), new Member("chainId", UINT256), new Member("verifyingContract", ADDRESS));
        return new DepositTypedData(withDomain(types, domainType), "PermitWitnessTransferFrom", domain, message);
    }

    private static Map<String, Object> escrowTerms(Terms terms) {
        Terms.EscrowTerms escrow = terms.escrow();
        Map<String, Object> struct = new LinkedHashMap<>();
        struct.put("termsHash", "0x" + terms.hash().hex());
        struct.put("payer", escrow.payer().toString());
        struct.put("merchant", escrow.merchant().toString());
        struct.put("feeReceiver", escrow.feeReceiver().toString());
        struct.put("referrer", escrow.referrer().toString());
        struct.put("asset", terms.asset().token().toString());
        struct.put("total", terms.total().toString());
        struct.put("payBy", Long.toString(terms.payBy().getEpochSecond()));
        struct.put("stopDate", Long.toString(terms.stopDate().getEpochSecond()));
        struct.put("feeBps", terms.feeBps());
        struct.put("referralBps", terms.referralBps());
        struct.put("attesters", "0x" + escrow.attesters().hex());
        struct.put("salt", "0x" + escrow.salt().hex());
        return struct;
    }

    private static DepositTypedData of(
            Eip712.Domain signed, String primaryType, Map<String, List<Member>> types, Map<String, Object> message) {
        Map<String, Object> domain = new LinkedHashMap<>();
        domain.put("name", signed.name());
        domain.put("version", signed.version());
        domain.put("chainId", signed.chainId().longValueExact());
        domain.put("verifyingContract", signed.verifyingContract().toString());
        List<Member> domainType = List.of(
                new Member("name", "string"),
                new Member("version", "string"),
                new Member("chainId", UINT256),
                new Member("verifyingContract", ADDRESS));
        return new DepositTypedData(withDomain(types, domainType), primaryType, domain, message);
    }

    private static Map<String, List<Member>> withDomain(Map<String, List<Member>> types, List<Member> domain) {
        Map<String, List<Member>> all = new LinkedHashMap<>();
        all.put("EIP712Domain", domain);
        all.putAll(types);
        return all;
    }
}
