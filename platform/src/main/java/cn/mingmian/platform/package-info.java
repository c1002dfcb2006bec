/// The product: joins law, engine, vault and ledger; one package per duty of the operator.
@NullMarked
package cn.mingmian.platform;

import org.jspecify.annotations.NullMarked;
