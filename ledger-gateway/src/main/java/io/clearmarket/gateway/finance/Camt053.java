package io.clearmarket.gateway.finance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.ZoneOffset.UTC;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.finance.Statement.Account;
import io.clearmarket.gateway.finance.Statement.Evm;
import io.clearmarket.gateway.finance.Statement.InTender;
import io.clearmarket.gateway.finance.Statement.Kind;
import io.clearmarket.gateway.finance.Statement.Movement;
import java.io.StringWriter;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;
import javax.xml.stream.XMLStreamException;

/**
 * A statement as ISO 20022 camt.053.001.08 (BankToCustomerStatement), one {@code Stmt} for each asset. The account is what the
 * market owes the merchant: decisions are its credits, payouts its debits. A token has no ISO 4217 code and up to 18 digits
 * after the point where the standard allows 5, so amounts are whole minor units in XXX, and the account's name is the asset.
 */
public final class Camt053 {
    /** The message's namespace. */
    public static final String NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08";

    /** ISO 4217: no currency. */
    private static final String CURRENCY = "XXX";

    private static final String ISSUER = "Clearmarket";
    /** ActiveOrHistoricCurrencyAndAmount has 18 digits at most. */
    private static final BigInteger LIMIT = BigInteger.TEN.pow(18);

    private static final int MAX_35 = 35;

    private Camt053() {}

    /** An amount has more digits than the standard can carry. */
    public static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLarge(String amount) {
            super("camt.053 carries 18 digits, and an amount here is " + amount);
        }
    }

    /**
     * @param now when it was made
     * @throws TooLarge if an amount has more than 18 digits
     */
    public static String of(Statement statement, Instant now) {
        StringWriter text = new StringWriter();
        try {
            Xml xml = new Xml(text);
            xml.startDocument("Document", NAMESPACE);
            xml.start("BkToCstmrStmt");
            xml.start("GrpHdr");
            xml.leaf("MsgId", id("message", statement, now.toString()));
            xml.leaf("CreDtTm", time(now));
            xml.end();
            for (Account account : statement.accounts()) {
                statement(xml, statement, account, now);
            }
            xml.endDocument();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML could not be written to memory", e);
        }
        return text.toString();
    }

    private static void statement(Xml xml, Statement statement, Account account, Instant now)
            throws XMLStreamException {
        String asset = account.asset().caip19();
        xml.start("Stmt");
        xml.leaf("Id", id("statement", statement, asset));
        xml.leaf("CreDtTm", time(now));
        xml.start("FrToDt");
        xml.leaf("FrDtTm", time(statement.from().atStartOfDay(UTC).toInstant()));
        xml.leaf("ToDtTm", time(statement.to().plusDays(1).atStartOfDay(UTC).toInstant()));
        xml.end();
        xml.start("Acct");
        xml.start("Id");
        xml.start("Othr");
        xml.leaf("Id", digest("account", statement.merchant().value(), asset).substring(0, 34));
        xml.leaf("Issr", ISSUER);
        xml.end();
        xml.end();
        xml.leaf("Ccy", CURRENCY);
        // 70 characters; a CAIP-19 ERC-20 name has at most that many
        xml.leaf("Nm", asset.length() <= 70 ? asset : account.asset().token().toString());
        xml.start("Ownr");
        xml.leaf("Nm", statement.merchant().value());
        xml.end();
        xml.end();
        balance(xml, "OPBD", account.opening().receivable(), statement.from());
        balance(xml, "CLBD", account.closing().receivable(), statement.to());
        List<Movement> booked = account.movements().stream()
                .filter(movement -> movement.kind() != Kind.DEPOSIT)
                .filter(movement -> !movement.merchant().isZero())
                .toList();
        summary(xml, booked);
        for (Movement movement : booked) {
            entry(xml, movement);
        }
        xml.end();
    }

    private static void balance(Xml xml, String code, Amount amount, LocalDate day) throws XMLStreamException {
        xml.start("Bal");
        xml.start("Tp");
        xml.start("CdOrPrtry");
        xml.leaf("Cd", code);
        xml.end();
        xml.end();
        amount(xml, amount.units());
        xml.leaf("CdtDbtInd", "CRDT");
        xml.start("Dt");
        xml.leaf("Dt", day.toString());
        xml.end();
        xml.end();
    }

    private static void summary(Xml xml, List<Movement> booked) throws XMLStreamException {
        xml.start("TxsSummry");
        total(xml, "TtlNtries", booked, movement -> true);
        total(xml, "TtlCdtNtries", booked, Camt053::isCredit);
        total(xml, "TtlDbtNtries", booked, movement -> !isCredit(movement));
        xml.end();
    }

    private static void total(Xml xml, String name, List<Movement> booked, Predicate<Movement> which)
            throws XMLStreamException {
        List<Movement> counted = booked.stream().filter(which).toList();
        BigInteger sum = counted.stream()
                .map(movement -> movement.merchant().units().abs())
                .reduce(BigInteger.ZERO, BigInteger::add);
        xml.start(name);
        xml.leaf("NbOfNtries", Integer.toString(counted.size()));
        xml.leaf("Sum", checked(sum));
        xml.end();
    }

    /** A decision that takes back is a reversed credit, which the standard books as a debit. */
    private static boolean isCredit(Movement movement) {
        return (movement.kind() == Kind.DECISION) != movement.merchant().isNegative();
    }

    private static void entry(Xml xml, Movement movement) throws XMLStreamException {
        xml.start("Ntry");
        xml.leaf(
                "NtryRef",
                movement.block() + "." + movement.index() + "."
                        + movement.kind().name());
        amount(xml, movement.merchant().units().abs());
        xml.leaf("CdtDbtInd", isCredit(movement) ? "CRDT" : "DBIT");
        if (movement.merchant().isNegative()) {
            xml.leaf("RvslInd", "true");
        }
        xml.start("Sts");
        xml.leaf("Cd", "BOOK");
        xml.end();
        xml.start("BookgDt");
        xml.leaf("DtTm", time(movement.at()));
        xml.end();
        xml.leaf(
                "AcctSvcrRef",
                movement.transactionId()
                        .substring(0, Math.min(MAX_35, movement.transactionId().length())));
        xml.start("BkTxCd");
        xml.start("Prtry");
        xml.leaf("Cd", movement.kind().name());
        xml.leaf("Issr", ISSUER);
        xml.end();
        xml.end();
        details(xml, movement);
        xml.end();
    }

    private static void details(Xml xml, Movement movement) throws XMLStreamException {
        xml.start("NtryDtls");
        xml.start("TxDtls");
        String consignment = movement.consignment().value();
        if (consignment.length() <= MAX_35) {
            xml.start("Refs");
            xml.leaf("EndToEndId", consignment);
            xml.end();
        }
        InTender tender = movement.tender();
        if (tender != null) {
            CamtTender.amount(xml, tender, CURRENCY);
        }
        charges(xml, movement);
        xml.start("RmtInf");
        xml.leaf("Ustrd", "order " + movement.order());
        xml.leaf("Ustrd", "consignment " + consignment);
        if (tender != null) {
            CamtTender.told(xml, tender);
        }
        xml.end();
        xml.leaf("AddtlTxInf", additional(movement));
        xml.end();
        xml.end();
    }

    /** Fee and referral are taken off already: {@code ChrgInclInd} false, since the entry's amount is what remains. */
    private static void charges(Xml xml, Movement movement) throws XMLStreamException {
        Delta charges = movement.fee().plus(movement.referral());
        if (charges.isZero() || charges.isNegative()) {
            return;
        }
        xml.start("Chrgs");
        xml.amount("TtlChrgsAndTaxAmt", CURRENCY, checked(charges.units()));
        xml.end();
    }

    private static String additional(Movement movement) {
        String text = "gross " + movement.gross() + ", fee " + movement.fee() + ", referral " + movement.referral()
                + ", rate " + movement.rate() + " per minor unit of " + movement.orderCurrency()
                + ", ledger transaction " + movement.transactionId();
        Evm evm = movement.evm();
        if (evm == null) {
            return text;
        }
        String gas = evm.gasPaidBy() == null ? "" : ", gas " + evm.gasWei() + " wei paid by " + evm.gasPaidBy();
        return text + ", settlement transaction 0x" + evm.transaction().hex() + " log " + evm.logIndex() + gas;
    }

    private static void amount(Xml xml, BigInteger units) throws XMLStreamException {
        xml.amount("Amt", CURRENCY, checked(units));
    }

    private static String checked(BigInteger units) {
        if (units.compareTo(LIMIT) >= 0) {
            throw new TooLarge(units.toString());
        }
        return units.toString();
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String id(String what, Statement statement, String more) {
        return digest(what, statement.merchant() + " " + statement.from() + " " + statement.to(), more)
                .substring(0, MAX_35);
    }

    private static String digest(String what, String about, String more) {
        return Digest.sha256((what + " " + about + " " + more).getBytes(UTF_8)).hex();
    }
}
