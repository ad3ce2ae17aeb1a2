package io.clearmarket.gateway.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.SmartTransactionObject;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tables in memory with a database's transactions, for one thread: what is not committed is gone after a failure, what is committed stays. Rows
 * are values and are never changed, only replaced.
 */
public final class MemoryDatabase {
    private final List<Table<?, ?>> tables = new ArrayList<>();
    private final Manager manager = new Manager();
    private final Runnable aroundCommit;

    /** @param aroundCommit called before and after each commit; what it throws is as if the process died there */
    public MemoryDatabase(Runnable aroundCommit) {
        this.aroundCommit = aroundCommit;
    }

    /** A new empty table, in the order of its keys. */
    public <K extends Comparable<K>, V> Map<K, V> table() {
        Table<K, V> table = new Table<>();
        tables.add(table);
        return table.rows;
    }

    /** As a gateway uses it; begun within another it joins that one. */
    public TransactionTemplate transaction() {
        return new TransactionTemplate(manager);
    }

    private static final class Table<K, V> {
        private final Map<K, V> rows = new TreeMap<>();
        private Map<K, V> before = Map.of();

        void begin() {
            before = new TreeMap<>(rows);
        }

        void rollBack() {
            rows.clear();
            rows.putAll(before);
        }
    }

    /** One for each transaction, whoever joins it. */
    private static final class Scope implements SmartTransactionObject {
        private boolean active;
        private boolean rollbackOnly;

        @Override
        public boolean isRollbackOnly() {
            return rollbackOnly;
        }

        @Override
        public void flush() {
            // nothing is held back
        }
    }

    private final class Manager extends AbstractPlatformTransactionManager {
        private static final long serialVersionUID = 1L;
        private transient Scope scope = new Scope();

        @Override
        protected Object doGetTransaction() {
            return scope;
        }

        @Override
        protected boolean isExistingTransaction(Object transaction) {
            return scope.active;
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {
            tables.forEach(Table::begin);
            scope.active = true;
        }

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            try {
                aroundCommit.run();
            } catch (Error died) {
                doRollback(status);
                throw died;
            }
            scope = new Scope();
            aroundCommit.run();
        }

        @Override
        protected void doRollback(DefaultTransactionStatus status) {
            tables.forEach(Table::rollBack);
            scope = new Scope();
        }

        @Override
        protected void doSetRollbackOnly(DefaultTransactionStatus status) {
            scope.rollbackOnly = true;
        }
    }
}
