;; The module JavaScript: what Smalltalk asks of JavaScript (host/javascript.mjs has the operations, host/javascript.st the
;; Smalltalk side). Each fails when JavaScript threw an error or the page does not permit it; primitiveError tells which.

(func $primitive_JavaScript_primitiveGlobal (param $receiver eqref) (param $name eqref) (param $depth i32) (result eqref)
  (return_call $host_javascript (i32.const 0) (local.get $receiver) (local.get $name) (ref.null eq)))

(func $primitive_JavaScript_primitiveGet (param $receiver eqref) (param $name eqref) (param $depth i32) (result eqref)
  (return_call $host_javascript (i32.const 1) (local.get $receiver) (local.get $name) (ref.null eq)))

(func $primitive_JavaScript_primitivePut (param $receiver eqref) (param $name eqref) (param $value eqref)
    (param $depth i32) (result eqref)
  (return_call $host_javascript (i32.const 2) (local.get $receiver) (local.get $name) (local.get $value)))

;; name: nil calls the receiver itself
(func $primitive_JavaScript_primitiveCall (param $receiver eqref) (param $name eqref) (param $arguments eqref)
    (param $depth i32) (result eqref)
  (return_call $host_javascript (i32.const 3) (local.get $receiver) (local.get $name) (local.get $arguments)))

(func $primitive_JavaScript_primitiveNew (param $receiver eqref) (param $arguments eqref) (param $depth i32) (result eqref)
  (return_call $host_javascript (i32.const 4) (local.get $receiver) (local.get $arguments) (ref.null eq)))

(func $primitive_JavaScript_primitiveTypeOf (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $host_javascript (i32.const 5) (local.get $receiver) (ref.null eq) (ref.null eq)))

(func $primitive_JavaScript_primitiveAsString (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $host_javascript (i32.const 6) (local.get $receiver) (ref.null eq) (ref.null eq)))

;; Elements of what JavaScript can iterate over, in an Array
(func $primitive_JavaScript_primitiveAsArray (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $host_javascript (i32.const 7) (local.get $receiver) (ref.null eq) (ref.null eq)))

;; A copy of a typed array's or buffer's bytes
(func $primitive_JavaScript_primitiveAsByteArray (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $host_javascript (i32.const 8) (local.get $receiver) (ref.null eq) (ref.null eq)))

;; When the promise is settled, result is filled (true and the value, or false and a text) and the Semaphore is signalled.
(func $primitive_JavaScript_primitiveAwait (param $receiver eqref) (param $semaphore eqref) (param $result eqref)
    (param $depth i32) (result eqref)
  (return_call $host_javascript (i32.const 9) (local.get $receiver) (local.get $semaphore) (local.get $result)))

;; Why the last primitive of this module failed
(func $primitive_JavaScript_primitiveError (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $host_javascript (i32.const 10) (local.get $receiver) (ref.null eq) (ref.null eq)))

;; A new JavaScript object, array (with an Array's elements) or function (from a block), for what would be converted otherwise
(func $primitive_JavaScript_primitiveMake (param $receiver eqref) (param $kind eqref) (param $value eqref)
    (param $depth i32) (result eqref)
  (return_call $host_javascript (i32.const 11) (local.get $receiver) (local.get $kind) (local.get $value)))
