;; The module UnhandledErrors: an image that ends because nobody took an exception tells the host, which shows the
;; activations with lines and arguments and hands the error to whoever waits for the image.

;; The class's name and the description are Strings. Fails where there is no Context.
(func $primitive_UnhandledErrors_primitiveUnhandledError (param $receiver eqref) (param $className eqref)
    (param $description eqref) (param $context eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (i32.and (ref.test (ref $Context) (local.get $context))
      (i32.and (ref.test (ref $ByteObject) (local.get $className)) (ref.test (ref $ByteObject) (local.get $description)))))
    (then (return_call $fail_with (i32.const 3))))
  (call $host_unhandled_error (local.get $className) (local.get $description) (local.get $context))
  (global.get $true))
